package dev.datastudio.ml.train.internal.linear;

/** Solves symmetric positive systems (Golub and Van Loan, Matrix Computations, section 4.2). */
final class Cholesky {
    private Cholesky() {}

    /**
     * The solution of {@code matrix * x = right}. A matrix that is singular, as of features that add up to one another,
     * gets the least that makes it solvable added to its diagonal, which picks a small solution among the many.
     *
     * @param matrix row by row, symmetric; not changed
     */
    static double[] solve(double[] matrix, double[] right) {
        int n = right.length;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, matrix[i * n + i]);
        }
        if (largest == 0) {
            return new double[n];
        }
        for (double added = 1e-12 * largest; ; added *= 100) {
            double[] lower = matrix.clone();
            for (int i = 0; i < n; i++) {
                lower[i * n + i] += added;
            }
            if (decompose(lower, n, 1e-13 * largest)) {
                return substitute(lower, right.clone());
            }
            if (added > largest) {
                throw new ArithmeticException("the matrix is not positive");
            }
        }
    }

    private static boolean decompose(double[] a, int n, double least) {
        for (int j = 0; j < n; j++) {
            double pivot = a[j * n + j];
            for (int k = 0; k < j; k++) {
                pivot -= a[j * n + k] * a[j * n + k];
            }
            if (!(pivot > least)) {
                return false;
            }
            double root = Math.sqrt(pivot);
            a[j * n + j] = root;
            for (int i = j + 1; i < n; i++) {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i * n + k] * a[j * n + k];
                }
                a[i * n + j] = sum / root;
            }
        }
        return true;
    }

    private static double[] substitute(double[] lower, double[] x) {
        int n = x.length;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i * n + k] * x[k];
            }
            x[i] /= lower[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= lower[k * n + i] * x[k];
            }
            x[i] /= lower[i * n + i];
        }
        return x;
    }
}
