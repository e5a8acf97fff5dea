package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Clip;
import dev.lanewise.kernels.Multiply;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.MemorySegment;

/**
 * What a step of an {@link LstmVariant} computes of a row between its products, element by element.
 *
 * <pre>
 * i = r(zi + pi * c_{t-1})    f = r(zf + pf * c_{t-1}), or 1 - i    g = a(zg)
 * c_t = f * c_{t-1} + i * g
 * o = r(zo + po * c_t)        m_t = o * a(c_t)
 * </pre>
 *
 * <p>The gates i, f, g, o or i, g, o of a row lie {@code units} apart, so do the rows of peephole
 * weights. Offsets in elements. Immutable, thread-safe; allocates nothing.
 */
final class LstmRow {
  private final LstmVariant of;
  private final int units;
  private final long f; // from gate to gate; unused where coupled
  private final long g;
  private final long o;
  private final long peepholeOfO;

  LstmRow(LstmVariant of) {
    this.of = of;
    this.units = of.units();
    this.f = units;
    this.g = (of.gates() - 2L) * units;
    this.o = (of.gates() - 1L) * units;
    this.peepholeOfO = (of.peepholeGates() - 1L) * units;
  }

  /**
   * Some units forward.
   *
   * @param count how many
   * @param gates holds z from {@code z} on, which becomes what r and a are applied to. From {@code
   *     gate} on, which may be z, the gates are overwritten
   * @param p peephole weights from {@code pAt} on, where there are any. Not modified.
   * @param c holds c_{t-1} from {@code before} on. From {@code after} on, which may be before, c_t
   *     is overwritten
   * @param spare (count) from {@code spareAt} on, garbage after it
   * @param m from {@code mAt} on m_t is overwritten, which may be spare
   */
  void forward(
      int count,
      MemorySegment gates,
      long z,
      long gate,
      MemorySegment p,
      long pAt,
      MemorySegment c,
      long before,
      long after,
      MemorySegment spare,
      long spareAt,
      MemorySegment m,
      long mAt) {
    Activation r = of.recurrentActivation();
    if (of.peepholes()) {
      addProduct(count, p, pAt, c, before, spare, spareAt, gates, z);
      if (!of.coupled()) {
        addProduct(count, p, pAt + units, c, before, spare, spareAt, gates, z + f);
      }
    }
    activate(r, count, gates, z, gate);
    activate(of.activation(), count, gates, z + g, gate + g);
    if (of.coupled()) { // c_t = c_{t-1} + i * (g - c_{t-1})
      Blocks.copy(gates, gate + g, spare, spareAt, count);
      AddScaled.apply(count, -1, c, before, spare, spareAt);
      Multiply.apply(count, gates, gate, spare, spareAt, spare, spareAt);
      if (before != after) {
        Blocks.copy(c, before, c, after, count);
      }
    } else {
      activate(r, count, gates, z + f, gate + f);
      Multiply.apply(count, gates, gate, gates, gate + g, spare, spareAt);
      Multiply.apply(count, gates, gate + f, c, before, c, after);
    }
    AddScaled.apply(count, 1, spare, spareAt, c, after);
    if (of.peepholes()) {
      addProduct(count, p, pAt + peepholeOfO, c, after, spare, spareAt, gates, z + o);
    }
    activate(r, count, gates, z + o, gate + o);
    of.activation().apply(count, c, after, m, mAt);
    Multiply.apply(count, gates, gate + o, m, mAt, m, mAt);
  }

  /** {@code to += a * b}. */
  private static void addProduct(
      int count,
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      MemorySegment spare,
      long spareAt,
      MemorySegment to,
      long toAt) {
    Multiply.apply(count, a, aAt, b, bAt, spare, spareAt);
    AddScaled.apply(count, 1, spare, spareAt, to, toAt);
  }

  private void activate(Activation activation, int count, MemorySegment gates, long z, long gate) {
    if (of.clips()) {
      Clip.apply(count, of.clip(), gates, z, gates, z);
    }
    activation.apply(count, gates, z, gates, gate);
  }

  /**
   * All units backward, after {@link #forward}.
   *
   * @param gates holds z from {@code z} on where {@link LstmVariant#keepsInputs}, which is not
   *     modified, and the gates from {@code gate} on, which become dz
   * @param p peephole weights from {@code pAt} on, where there are any. Not modified.
   * @param c c_{t-1} from {@code before} on and c_t from {@code after} on. Not modified.
   * @param dm from {@code dmAt} on, the gradient of m_t. Not modified.
   * @param dc from {@code dcAt} on: in, the gradient of c_t that came from step t + 1; out, that of
   *     c_{t-1}
   * @param scratch (2, units) from {@code first} on, garbage after it
   */
  void backward(
      MemorySegment gates,
      long z,
      long gate,
      MemorySegment p,
      long pAt,
      MemorySegment c,
      long before,
      long after,
      MemorySegment dm,
      long dmAt,
      MemorySegment dc,
      long dcAt,
      MemorySegment scratch,
      long first) {
    long second = first + units;
    Activation a = of.activation();
    // first = a(c_t);  dc += dm * o * a'(c_t)
    a.apply(units, c, after, scratch, first);
    Multiply.apply(units, dm, dmAt, gates, gate + o, scratch, second);
    if (a.needsInput()) {
      a.inputGradient(units, c, after, scratch, second, scratch, second);
    } else {
      a.gradient(units, scratch, first, scratch, second, scratch, second);
    }
    AddScaled.apply(units, 1, scratch, second, dc, dcAt);
    // dzo = dm * a(c_t) * r'(zo);  dc += po * dzo
    Multiply.apply(units, dm, dmAt, scratch, first, scratch, second);
    gradient(of.recurrentActivation(), gates, z + o, gate + o, scratch, second);
    if (of.peepholes()) {
      addProduct(units, p, pAt + peepholeOfO, gates, gate + o, scratch, second, dc, dcAt);
    }
    if (of.coupled()) {
      coupled(gates, z, gate, c, before, dc, dcAt, scratch, first);
    } else {
      apart(gates, z, gate, c, before, dc, dcAt, scratch, first);
    }
    if (of.peepholes()) { // dc_{t-1} += pi * dzi + pf * dzf
      addProduct(units, p, pAt, gates, gate, scratch, second, dc, dcAt);
      if (!of.coupled()) {
        addProduct(units, p, pAt + units, gates, gate + f, scratch, second, dc, dcAt);
      }
    }
  }

  /** Of {@code c_t = f * c_{t-1} + i * g}. */
  private void apart(
      MemorySegment gates,
      long z,
      long gate,
      MemorySegment c,
      long before,
      MemorySegment dc,
      long dcAt,
      MemorySegment scratch,
      long first) {
    long second = first + units;
    Activation r = of.recurrentActivation();
    // first = dc * f, kept for c_{t-1};  dzf = dc * c_{t-1} * r'(zf)
    Multiply.apply(units, dc, dcAt, gates, gate + f, scratch, first);
    Multiply.apply(units, dc, dcAt, c, before, scratch, second);
    gradient(r, gates, z + f, gate + f, scratch, second);
    // dzi = dc * g * r'(zi);  dzg = dc * i * a'(zg)
    Multiply.apply(units, dc, dcAt, gates, gate + g, scratch, second);
    Multiply.apply(units, dc, dcAt, gates, gate, dc, dcAt);
    gradient(r, gates, z, gate, scratch, second);
    gradient(of.activation(), gates, z + g, gate + g, dc, dcAt);
    Blocks.copy(scratch, first, dc, dcAt, units);
  }

  /** Of {@code c_t = c_{t-1} + i * (g - c_{t-1})}. */
  private void coupled(
      MemorySegment gates,
      long z,
      long gate,
      MemorySegment c,
      long before,
      MemorySegment dc,
      long dcAt,
      MemorySegment scratch,
      long first) {
    long second = first + units;
    // first = dc * i, kept for g and c_{t-1};  dzi = dc * (g - c_{t-1}) * r'(zi)
    Multiply.apply(units, dc, dcAt, gates, gate, scratch, first);
    Blocks.copy(gates, gate + g, scratch, second, units);
    AddScaled.apply(units, -1, c, before, scratch, second);
    Multiply.apply(units, dc, dcAt, scratch, second, scratch, second);
    gradient(of.recurrentActivation(), gates, z, gate, scratch, second);
    // dzg = dc * i * a'(zg);  dc_{t-1} = dc - dc * i
    gradient(of.activation(), gates, z + g, gate + g, scratch, first);
    AddScaled.apply(units, -1, scratch, first, dc, dcAt);
  }

  /** A gate becomes dz, from its dy. */
  private void gradient(
      Activation activation, MemorySegment gates, long z, long gate, MemorySegment dy, long dyAt) {
    if (activation.needsInput()) {
      activation.inputGradient(units, gates, z, dy, dyAt, gates, gate);
    } else {
      activation.gradient(units, gates, gate, dy, dyAt, gates, gate);
    }
    if (of.clips()) {
      Clip.gradient(units, of.clip(), gates, z, gates, gate, gates, gate);
    }
  }

  /**
   * What the gradients of the peephole weights are sums of, after {@link #backward}: {@code dzi *
   * c_{t-1}}, {@code dzf * c_{t-1}}, {@code dzo * c_t}.
   *
   * @param gates holds dz from {@code gate} on. From {@code to} on the products are overwritten
   */
  void peepholeProducts(
      MemorySegment gates, long gate, MemorySegment c, long before, long after, long to) {
    Multiply.apply(units, gates, gate, c, before, gates, to);
    if (!of.coupled()) {
      Multiply.apply(units, gates, gate + f, c, before, gates, to + units);
    }
    Multiply.apply(units, gates, gate + o, c, after, gates, to + peepholeOfO);
  }
}
