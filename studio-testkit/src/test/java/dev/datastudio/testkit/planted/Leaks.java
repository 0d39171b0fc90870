package dev.datastudio.testkit.planted;

import com.fasterxml.jackson.planted.Node;
import dev.datastudio.testkit.planted.internal.Hidden;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One planted leak in each nested type, and two that leak nothing. */
public final class Leaks {
    private Leaks() {}

    public static class ByParameter {
        public int size(Hidden hidden) {
            return hidden.hashCode();
        }
    }

    public static class ByResult {
        public Hidden[] all() {
            return new Hidden[0];
        }
    }

    public static class ByTypeArgument {
        public Optional<List<Hidden>> find() {
            return Optional.empty();
        }
    }

    public static class ByBound {
        public <T extends Hidden> int size(T one) {
            return one.hashCode();
        }
    }

    public static class ByException {
        public void run() throws Hidden {
            throw new Hidden();
        }
    }

    public static class ByField {
        protected final List<Hidden> hidden = List.of();
    }

    public static class BySupertype extends Hidden {
        private static final long serialVersionUID = 1L;
    }

    public interface BySupertypeArgument extends Supplier<Hidden> {}

    public record ByComponent(Hidden hidden) {}

    public static class OfJackson {
        public Optional<Node> node() {
            return Optional.empty();
        }
    }

    public static class InPrivate {
        private final Node node = new Node();
        private final List<Hidden> hidden = List.of();

        @Override
        public String toString() {
            return node.getClass().getName() + hidden;
        }
    }

    static class InAPackagePrivateType {
        public int size(Hidden hidden) {
            return hidden.hashCode();
        }
    }
}
