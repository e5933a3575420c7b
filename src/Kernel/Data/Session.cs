namespace Courier.Kernel.Data;

/// <summary>An open connection with what belongs to it. One unit of work uses it at a time.</summary>
internal abstract class Session : IAsyncDisposable
{
    /// <summary>Can it be used again?</summary>
    public abstract bool IsOpen { get; }

    /// <summary>All rows.</summary>
    public abstract Task<IReadOnlyList<T>> Query<T>(string sql, object? args, CancellationToken ct);

    /// <summary>The first row.</summary>
    public abstract Task<T?> First<T>(string sql, object? args, CancellationToken ct);

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it matched.</returns>
    public abstract Task<int> Execute(string sql, object? args, CancellationToken ct);

    /// <summary>Writes rows: <c>{verb} {table} (columns) values (…) {ending}</c>.</summary>
    public abstract Task<int> Write(string verb, string table, string[] columns, IEnumerable<object?[]> rows, string ending, CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}
