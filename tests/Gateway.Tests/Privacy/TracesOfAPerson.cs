using System.Globalization;
using System.Security.Cryptography;
using Courier.Kernel.Data;
using Courier.Testing;

namespace Courier.Gateway.Tests.Privacy;

/// <summary>Reads every value of every table, decrypts what our keys decrypt, and tells where one of the names of a person stands.</summary>
internal sealed class TracesOfAPerson(CourierApp app)
{
    private const string SqliteColumns =
        "select t.name as TableName, c.name as ColumnName from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'";

    private const string MariaColumns =
        "select table_name as TableName, column_name as ColumnName from information_schema.columns where table_schema = database()";

    private readonly Db _db = app.Get<Db>();

    /// <summary>All columns of all tables but those of the scheduler, which is no table of ours.</summary>
    public async Task<IReadOnlyList<(string Table, string Column)>> Columns()
    {
        var sql = _db.Dialect.Provider == DatabaseProvider.Sqlite ? SqliteColumns : MariaColumns;
        return [.. (await _db.Query<Column>(sql)).Where(c => !c.TableName.StartsWith("QRTZ_", StringComparison.OrdinalIgnoreCase)).Select(c => (c.TableName, c.ColumnName))];
    }

    /// <summary><c>table.column</c> wherever one of the names stands, open or encrypted.</summary>
    public async Task<IReadOnlyList<string>> Of(params string[] names)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var table in (await Columns()).Select(c => c.Table).Distinct())
            foreach (IDictionary<string, object?> row in await _db.Query<object>($"select * from {table}"))
                foreach (var (column, value) in row)
                    if (Texts(value).Any(text => names.Any(n => text.Contains(n, StringComparison.Ordinal)))) found.Add($"{table}.{column}");
        return [.. found];
    }

    private IEnumerable<string> Texts(object? value)
    {
        var text = value switch { null => "", byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes), _ => Convert.ToString(value, CultureInfo.InvariantCulture)! };
        yield return text;
        if (text.Length >= 40 && Opened(text) is { } plain) yield return plain;
    }

    private string? Opened(string text)
    {
        try
        {
            return app.Get<DataKeys>().Decrypt(text);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private sealed record Column
    {
        public required string TableName { get; init; }
        public required string ColumnName { get; init; }
    }
}
