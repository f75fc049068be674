// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// CUDA's device functions; with the word fast, __expf in place of expf.
//   nvcc -O2 -o cuda_exp cuda_exp.cu
//   napier audit exec:./cuda_exp --function exp --format binary32 --claim 'rounded ulp <= 2' --threads 1
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

enum class Function { exp, exp2, exp10, expm1, log, pow, fast_exp };

template <class T>
__device__ T of(Function function, T x, T y) {
  switch (function) {
    case Function::exp2: return exp2(x);
    case Function::exp10: return exp10(x);
    case Function::expm1: return expm1(x);
    case Function::log: return log(x);
    case Function::pow: return pow(x, y);
    case Function::fast_exp: return __expf(static_cast<float>(x));
    case Function::exp: break;
  }
  return exp(x);
}

template <class T>
__global__ void compute(Function function, std::uint32_t n, const T* x, const T* y, T* result) {
  const std::uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) result[i] = of(function, x[i], y[i]);
}

void check(cudaError_t error) {
  if (error == cudaSuccess) return;
  std::fprintf(stderr, "%s\n", cudaGetErrorString(error));
  std::exit(1);
}

template <class T>
int serve(Function function, std::uint32_t arguments) {
  for (std::uint32_t n; std::fread(&n, sizeof n, 1, stdin) == 1;) {
    std::vector<T> block(std::size_t{arguments} * n);
    if (std::fread(block.data(), sizeof(T), block.size(), stdin) != block.size()) return 1;
    T *x = nullptr, *result = nullptr;
    check(cudaMalloc(&x, block.size() * sizeof(T)));
    check(cudaMalloc(&result, n * sizeof(T)));
    check(cudaMemcpy(x, block.data(), block.size() * sizeof(T), cudaMemcpyHostToDevice));
    const T* y = arguments == 2 ? x + n : x;
    compute<<<(n + 255) / 256, 256>>>(function, n, x, y, result);
    check(cudaGetLastError());
    check(cudaMemcpy(block.data(), result, n * sizeof(T), cudaMemcpyDeviceToHost));
    check(cudaFree(x));
    check(cudaFree(result));
    std::fwrite(&n, sizeof n, 1, stdout);
    std::fwrite(block.data(), sizeof(T), n, stdout);
    std::fflush(stdout);
  }
  return 0;
}

int main(int argc, char** argv) {
  const std::string names[] = {"exp", "exp2", "exp10", "expm1", "log", "pow"};
  const std::string name = std::getenv("NAPIER_FUNCTION");
  const std::string format = std::getenv("NAPIER_FORMAT");
  const bool fast = argc > 1 && std::string(argv[1]) == "fast";
  for (int i = 0; i < 6; ++i) {
    if (names[i] != name) continue;
    const Function function = fast ? Function::fast_exp : static_cast<Function>(i);
    const std::uint32_t arguments = name == "pow" ? 2 : 1;
    if (format == "binary32") return serve<float>(function, arguments);
    if (format == "binary64" && !fast) return serve<double>(function, arguments);
  }
  std::fprintf(stderr, "no %s in %s here\n", name.c_str(), format.c_str());
  return 1;
}
