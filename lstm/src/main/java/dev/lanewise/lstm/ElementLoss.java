package dev.lanewise.lstm;

/** What an element of the output adds to a {@link Loss}, and the gradient; in double. */
enum ElementLoss {
  SQUARED_ERROR {
    @Override
    double value(double p, double y) {
      return (p - y) * (p - y);
    }

    @Override
    double slope(double p, double y) {
      return 2 * (p - y);
    }
  },
  ABSOLUTE_ERROR {
    @Override
    double value(double p, double y) {
      return Math.abs(p - y);
    }

    @Override
    double slope(double p, double y) {
      return Math.signum(p - y);
    }
  },
  BINARY_CROSSENTROPY {
    @Override
    double value(double p, double y) {
      double q = Math.clamp(p, SMALLEST, 1 - SMALLEST);
      return -(y * Math.log(q) + (1 - y) * Math.log1p(-q));
    }

    @Override
    double slope(double p, double y) {
      boolean clipped = p < SMALLEST || p > 1 - SMALLEST;
      return clipped ? 0 : (p - y) / (p * (1 - p));
    }
  },
  /** On z, of which the prediction is the sigmoid. */
  BINARY_CROSSENTROPY_OF_LOGITS {
    @Override
    double value(double z, double y) {
      return Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
    }

    @Override
    double slope(double z, double y) {
      return prediction(z) - y;
    }

    @Override
    double prediction(double z) {
      return 1 / (1 + Math.exp(-z));
    }
  };

  /** What Keras clips probabilities to. */
  private static final double SMALLEST = 1e-7;

  /** On the predictions themselves. */
  static ElementLoss of(Loss loss) {
    return switch (loss) {
      case MEAN_SQUARED_ERROR -> SQUARED_ERROR;
      case MEAN_ABSOLUTE_ERROR -> ABSOLUTE_ERROR;
      case BINARY_CROSSENTROPY -> BINARY_CROSSENTROPY;
    };
  }

  abstract double value(double p, double y);

  /** The derivative with respect to p. */
  abstract double slope(double p, double y);

  /** The prediction that an element of the output stands for. */
  double prediction(double p) {
    return p;
  }
}
