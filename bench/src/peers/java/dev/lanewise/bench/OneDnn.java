package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Loader;

/** oneDNN's processor, its stream, and memory on it. */
@SuppressWarnings("restricted")
final class OneDnn {

  final engine engine;
  final stream stream;

  OneDnn(int threads) {
    Loader.load(org.bytedeco.dnnl.global.dnnl.class);
    threads(threads);
    engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
    stream = new stream(engine);
  }

  /** The calling thread's parallel regions take so many threads: OpenMP has no binding in Java. */
  private static void threads(int threads) {
    MemorySegment symbol = SymbolLookup.loaderLookup().findOrThrow("omp_set_num_threads");
    try {
      Linker.nativeLinker()
          .downcallHandle(symbol, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
          .invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("omp_set_num_threads failed", e);
    }
  }

  static memory.desc desc(memory.format_tag layout, long... dims) {
    return new memory.desc(dims, memory.data_type.f32, layout);
  }

  /** Zeros. */
  memory memory(memory.desc desc) {
    memory result = new memory(desc, engine);
    MemorySegment.ofAddress(result.get_data_handle().address())
        .reinterpret(desc.get_size())
        .fill((byte) 0);
    return result;
  }

  memory memory(memory.desc desc, float[] values) {
    memory result = memory(desc);
    MemorySegment.copy(values, 0, floats(result), JAVA_FLOAT, 0, values.length);
    return result;
  }

  /** What it holds; only of a plain layout are they in a known order. */
  static MemorySegment floats(memory memory) {
    return MemorySegment.ofAddress(memory.get_data_handle().address())
        .reinterpret(memory.get_desc().get_size());
  }

  /** The same values in another layout. */
  memory reordered(memory source, memory.desc layout) {
    memory result = memory(layout);
    reorder(source, result);
    return result;
  }

  void reorder(memory source, memory target) {
    try (reorder primitive = new reorder(source, target)) {
      primitive.execute(stream, source, target);
      stream._wait();
    }
  }
}
