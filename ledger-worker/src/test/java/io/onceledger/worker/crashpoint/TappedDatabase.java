package io.onceledger.worker.crashpoint;

import io.agroal.api.AgroalDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Supplier;

/** The connections of one process, with a boundary wherever one can be told apart. */
final class TappedDatabase {

  private final Life life;
  private final World world;
  private final Supplier<Stage> stage;

  /**
   * Taps the database of {@code world}.
   *
   * @param stage of the thread that asks for a connection
   */
  TappedDatabase(Life life, World world, Supplier<Stage> stage) {
    this.life = life;
    this.world = world;
    this.stage = stage;
  }

  /** As the applications have it. */
  AgroalDataSource dataSource() {
    return proxy(
        AgroalDataSource.class,
        (self, method, arguments) -> {
          if (!method.getName().equals("getConnection")) {
            throw new UnsupportedOperationException(method.toString());
          }
          return connect();
        });
  }

  private Connection connect() throws SQLException {
    Stage current = stage.get();
    life.awaitRunning();
    int visit = life.course().visit(current);
    life.pass(new Boundary(current, visit, Points.BEFORE_CONNECTION), null);
    Connection connection = world.connect();
    life.opened(connection);
    return proxy(Connection.class, new TappedConnection(connection, current, visit));
  }

  private final class TappedConnection implements InvocationHandler {

    private final Connection connection;
    private final Stage stage;
    private final int visit;

    TappedConnection(Connection connection, Stage stage, int visit) {
      this.connection = connection;
      this.stage = stage;
      this.visit = visit;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          life.closed(connection);
          world.release(connection);
          return null;
        }
        case "commit" -> {
          pass(Points.BEFORE_COMMIT);
          connection.commit();
          pass(Points.AFTER_COMMIT);
          return null;
        }
        case "prepareStatement" -> {
          life.awaitRunning();
          String sql = (String) arguments[0];
          return tapped((PreparedStatement) call(connection, method, arguments), sql);
        }
        default -> {
          life.awaitRunning();
          return call(connection, method, arguments);
        }
      }
    }

    private PreparedStatement tapped(PreparedStatement statement, String sql) {
      return proxy(
          PreparedStatement.class,
          (self, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
              pass(Points.before(sql));
            }
            return call(statement, method, arguments);
          });
    }

    private void pass(String point) throws SQLException {
      life.pass(new Boundary(stage, visit, point), connection);
    }
  }

  static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
