package dev.lanewise.bench;

import dev.lanewise.lstm.Sequential;

/**
 * One LSTM layer with seeded weights, as a model of Lanewise and as a file of ONNX: for programs of
 * other modules that compare the two.
 */
public final class SameLstm {
  private final LayerShape shape;
  private final LayerParameters parameters;

  /**
   * A layer.
   *
   * @param batch rows a call of ONNX Runtime
   * @param timesteps of each row
   * @param features of each step
   * @param units of the layer
   */
  public SameLstm(int batch, int timesteps, int features, int units) {
    shape = new LayerShape("same", Cell.LSTM, batch, timesteps, features, units);
    parameters = LayerParameters.random(Cell.LSTM, features, units, 1);
  }

  /**
   * Its last h.
   *
   * @return a model that gives (batch, units)
   */
  public Sequential lanewise() {
    Sequential model =
        Sequential.of(shape.cell().layer(shape.units(), false)).buildZeros(shape.features());
    LanewiseLayer.fill(model, parameters);
    return model;
  }

  /**
   * Its h at all steps.
   *
   * @return a file: X (timesteps, batch, features) gives Y (timesteps, 1, batch, units)
   */
  public byte[] onnx() {
    return OnnxModel.of(shape, parameters);
  }
}
