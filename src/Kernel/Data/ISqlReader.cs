namespace Courier.Kernel.Data;

/// <summary>Reads rows: outside of a transaction by <see cref="Db"/>, inside one by <see cref="Tx"/>.</summary>
public interface ISqlReader
{
    /// <summary>What the database at hand says differently.</summary>
    Dialect Dialect { get; }

    /// <summary>All rows of a query.</summary>
    /// <param name="sql">A constant text with named parameters (<c>@name</c>).</param>
    /// <param name="args">An object whose properties are the parameters; a list parameter expands in <c>in @ids</c>.</param>
    /// <param name="ct">Ends the command on the server too.</param>
    /// <exception cref="DatabaseTimeout">The command ran too long.</exception>
    Task<IReadOnlyList<T>> Query<T>(string sql, object? args = null, CancellationToken ct = default);

    /// <summary>The first row of a query, or the default of <typeparamref name="T"/> (null) when there is none.</summary>
    /// <param name="sql">A constant text with named parameters.</param>
    /// <param name="args">An object whose properties are the parameters.</param>
    /// <param name="ct">Ends the command on the server too.</param>
    /// <exception cref="DatabaseTimeout">The command ran too long.</exception>
    Task<T?> First<T>(string sql, object? args = null, CancellationToken ct = default);
}
