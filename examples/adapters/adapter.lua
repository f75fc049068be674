-- Lua's math.exp, math.log and ^ (pow), of Lua 5.3 and later:
--   napier audit 'exec:lua5.4 adapter.lua' --function exp --format binary64 --max-ulp 1
local functions = {exp = math.exp, log = math.log, pow = function(x, y) return x ^ y end}
local f = functions[os.getenv 'NAPIER_FUNCTION']
local function refuse(why)
  io.stderr:write(why, '\n')
  os.exit(1)
end
if os.getenv 'NAPIER_FORMAT' ~= 'binary64' then refuse 'this speaks binary64 only' end
if not f then refuse 'Lua has exp, log and pow' end
local two = os.getenv 'NAPIER_ARGUMENTS' == '2'
while true do
  local head = io.read(4)
  if not head then break end
  local n = string.unpack('<I4', head)
  local x = io.read(8 * n)
  local y = two and io.read(8 * n)
  local reply = {head}
  for i = 0, n - 1 do
    local a = string.unpack('<d', x, 8 * i + 1)
    local result = two and f(a, string.unpack('<d', y, 8 * i + 1)) or f(a)
    reply[#reply + 1] = string.pack('<d', result)
  end
  io.write(table.concat(reply))
  io.flush()
end
