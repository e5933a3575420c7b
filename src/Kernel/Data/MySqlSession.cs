using System.Data;
using System.Data.Common;
using System.Text;

namespace Courier.Kernel.Data;

/// <summary>A connection to MariaDB or MySQL through its driver; the server keeps the limits of time.</summary>
internal sealed class MySqlSession(MySqlDialect dialect, DbConnection connection) : Session
{
    private const int MostParameters = 2000;

    private readonly DbConnection _connection = connection;
    private DbTransaction? _transaction;

    public override bool IsOpen => _connection.State == ConnectionState.Open;

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Named, because MySql.Data otherwise asks for repeatable read, whatever the session is set to: after waiting for a lock a
    // check would look at the past, and after a unique violation the row of the other side could not be read.
    public async Task Begin(CancellationToken ct) => _transaction = await dialect.Limited(
        _connection, () => _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None).AsTask(), ct).ConfigureAwait(false);

    public Task Commit() => dialect.Limited(_connection, async () =>
    {
        await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return true;
    }, CancellationToken.None);

    public async Task RollBack()
    {
        try
        {
            await _transaction!.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or NullReferenceException)
        {
            // The connection was killed (the driver then throws whatever it likes): the server has rolled back already,
            // and the first exception, which the caller sees, says why.
        }
    }

    /// <summary>Lets go of the transaction, however it ended.</summary>
    public async ValueTask End()
    {
        var transaction = _transaction!;
        _transaction = null;
        await transaction.DisposeAsync().ConfigureAwait(false);
    }

    public override Task<IReadOnlyList<T>> Query<T>(string sql, object? args, CancellationToken ct) => Read<T>(sql, args, int.MaxValue, ct);

    public override async Task<T?> First<T>(string sql, object? args, CancellationToken ct) where T : default =>
        await Read<T>(sql, args, 1, ct).ConfigureAwait(false) is [var first, ..] ? first : default;

    public override Task<int> Execute(string sql, object? args, CancellationToken ct) => dialect.Limited(_connection, async () =>
    {
        await using var command = Command(sql, args);
        return await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }, ct);

    public override async Task<int> Write(string verb, string table, string[] columns, IEnumerable<object?[]> rows, string ending, CancellationToken ct)
    {
        var written = 0;
        foreach (var chunk in rows.Chunk(Math.Max(1, MostParameters / columns.Length)))
        {
            written += await dialect.Limited(_connection, async () =>
            {
                await using var command = Command($"{verb} {table} ({string.Join(", ", columns)}) values {Places(chunk.Length, columns.Length)} {ending}", null);
                for (var i = 0; i < chunk.Length * columns.Length; i++) Add(command, FormattableString.Invariant($"p{i}"), Columns.Stored(chunk[i / columns.Length][i % columns.Length]));
                return await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            }, ct).ConfigureAwait(false);
        }
        return written;
    }

    private Task<IReadOnlyList<T>> Read<T>(string sql, object? args, int most, CancellationToken ct) => dialect.Limited(_connection, async () =>
    {
        await using var command = Command(sql, args);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        var row = new Columns.DriverRow(reader);
        var read = RowReader.For<T>(sql, reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
            if (rows.Count < most) rows.Add(read(row)!);
        while (await reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false)) { } // an error may stand behind the rows
        return (IReadOnlyList<T>)rows;
    }, ct);

    private DbCommand Command(string sql, object? args)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        var arguments = Arguments.Of(sql, args);
        command.CommandText = arguments.Text;
        if (args is null) return command;
        foreach (var name in Arguments.NamesIn(arguments.Text)) Add(command, name, arguments[name]);
        return command;
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@" + name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    private static string Places(int rows, int columns)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rows * columns; i++)
            text.Append(i == 0 ? "(" : i % columns == 0 ? "), (" : ", ").Append("@p").Append(i);
        return text.Append(')').ToString();
    }
}
