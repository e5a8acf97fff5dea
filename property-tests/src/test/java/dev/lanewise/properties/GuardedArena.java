package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * An arena that puts each allocation flush against memory that nobody may touch, so that one byte
 * too far kills the process. Linux only.
 */
final class GuardedArena implements Arena {

  /** Which end of an allocation is flush; the other is too where it fills its pages. */
  enum Side {
    BEFORE,
    AFTER
  }

  /** A multiple of every page size in use. */
  private static final long PAGE = 1 << 16;

  private static final int PROT_NONE = 0;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

  private final Arena arena = Arena.ofConfined();
  private final Side side;

  GuardedArena(Side side) {
    this.side = side;
  }

  static boolean isSupported() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux");
  }

  @Override
  @SuppressWarnings("restricted")
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    long inside = (byteSize + PAGE - 1) / PAGE * PAGE;
    long whole = inside + 2 * PAGE;
    try {
      MemorySegment none = MemorySegment.NULL;
      MemorySegment mapped =
          (MemorySegment)
              Calls.MMAP.invokeExact(none, whole, PROT_NONE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
      if (mapped.address() == -1) {
        throw new OutOfMemoryError("mmap of " + whole + " bytes");
      }
      MemorySegment pages = mapped.reinterpret(whole, arena, gone -> unmap(gone.address(), whole));
      MemorySegment middle = pages.asSlice(PAGE, inside);
      if (inside > 0 && (int) Calls.MPROTECT.invokeExact(middle, inside, PROT_READ_WRITE) != 0) {
        throw new OutOfMemoryError("mprotect of " + inside + " bytes");
      }
      return middle.asSlice(side == Side.AFTER ? inside - byteSize : 0, byteSize);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("mmap", e);
    }
  }

  private static void unmap(long address, long bytes) {
    try {
      int failed = (int) Calls.MUNMAP.invokeExact(MemorySegment.ofAddress(address), bytes);
      if (failed != 0) {
        throw new IllegalStateException("munmap");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("munmap", e);
    }
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public void close() {
    arena.close();
  }

  /** Of the C library. */
  private static final class Calls {

    static final MethodHandle MMAP =
        function(
            "mmap",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    static final MethodHandle MPROTECT =
        function("mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle MUNMAP =
        function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
  }
}
