namespace Courier.Kernel.Data;

/// <summary>Which database the product runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>One embedded file; one process.</summary>
    Sqlite,

    /// <summary>MariaDB or MySQL; any number of processes.</summary>
    MySql,
}

/// <summary>Section <c>Database</c>.</summary>
public sealed record DatabaseOptions : ICheckedOptions
{
    /// <summary><c>Sqlite</c> (default) or <c>MySql</c>.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>For MySQL required; for SQLite empty means <c>courier.db</c> in the data directory.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>A command that runs longer is ended, on the server too.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Open connections that this process holds at most; on SQLite never more than twice the cores (eight at least).</summary>
    public int MaxConnections { get; init; } = 64;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (Provider == DatabaseProvider.MySql && string.IsNullOrWhiteSpace(ConnectionString))
            yield return "ConnectionString is required when Provider is MySql";
        if (CommandTimeout <= TimeSpan.Zero || CommandTimeout > TimeSpan.FromMinutes(10))
            yield return "CommandTimeout must lie between 00:00:00.001 and 00:10:00";
        if (MaxConnections is < 2 or > 1000)
            yield return "MaxConnections must lie between 2 and 1000";
    }
}

/// <summary>A command ran longer than <see cref="DatabaseOptions.CommandTimeout"/> and was ended; its transaction is rolled back.</summary>
/// <param name="inner">What the driver said.</param>
public sealed class DatabaseTimeout(Exception? inner = null)
    : TimeoutException("a database command ran too long and was ended", inner);
