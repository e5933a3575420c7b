using System.Data.Common;
using System.Globalization;
using Courier.Bench.Kit;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>
/// A database of the product's own schema with <see cref="OrderRows"/> in it, in either dialect. The indexes that are not unique are made when
/// all rows lie there, which is how they are dense.
/// </summary>
internal static class OrderWorld
{
    /// <summary>How many orders a customer sends, and receives.</summary>
    public const int PerCustomer = 20;

    private const int Portion = 200_000; // some 100 MB of each table

    /// <summary>Makes it in this folder and opens it.</summary>
    public static async Task<Db> InSqlite(string folder, int orders)
    {
        IReadOnlyList<Index> indexes;
        await using (var db = await Migrated(new DatabaseOptions(), folder))
        {
            indexes = await db.Query<Index>("select tbl_name as OfTable, name as Name, sql as Definition from sqlite_master where type = 'index' and tbl_name in @Tables and sql is not null",
                new { OrderRows.Tables });
        }
        Fill(folder, new OrderRows(orders, TimeProvider.System.GetUtcNow()), orders, indexes);
        return Open(new DatabaseOptions(), folder);
    }

    /// <summary>Makes it in a new database of this server and opens it.</summary>
    public static async Task<Db> InMariaDb(MariaDb server, int orders)
    {
        var connection = await server.Create();
        var db = await Migrated(new DatabaseOptions { Provider = DatabaseProvider.MySql, ConnectionString = connection }, "");
        var name = new DbConnectionStringBuilder { ConnectionString = connection }["Database"];
        var indexes = (await db.Query<Index>(
            """
            select table_name as OfTable, index_name as Name, group_concat(column_name order by seq_in_index) as Definition
            from information_schema.statistics
            where table_schema = database() and table_name in @Tables and non_unique = 1
            group by table_name, index_name
            """, new { OrderRows.Tables })).ToLookup(i => i.OfTable);
        foreach (var table in indexes) await Do($"alter table {table.Key} {string.Join(", ", table.Select(i => $"drop index {i.Name}"))}");
        var rows = new OrderRows(orders, TimeProvider.System.GetUtcNow());
        var loading = Task.CompletedTask;
        for (var first = 0; first < orders; first += Portion)
        {
            var files = new Scratch();
            var tables = new List<TableFile>();
            rows.Add(first, Math.Min(orders, first + Portion), (table, columns) =>
            {
                tables.Add(new TableFile(files.Path, table, columns));
                return tables[^1];
            });
            foreach (var table in tables) await table.DisposeAsync();
            await loading;
            loading = Load(tables, files);
        }
        await loading;
        foreach (var table in indexes) await Do($"alter table {table.Key} {string.Join(", ", table.Select(i => $"add index {i.Name} ({i.Definition})"))}");
        await Do($"analyze table {string.Join(", ", OrderRows.Tables)}");
        return db;

        Task Do(string statement) => server.Execute($"use {name}; {statement}");

        async Task Load(List<TableFile> tables, Scratch files)
        {
            using (files) await Task.WhenAll(tables.Select(t => Do(t.Loading)));
        }
    }

    /// <summary>Bytes that it takes on the disk.</summary>
    public static Task<long> Size(Db db) => db.First<long>(db.Dialect.Provider == DatabaseProvider.Sqlite
        ? "select page_count * page_size from pragma_page_count(), pragma_page_size()"
        : "select cast(sum(data_length + index_length) as signed) from information_schema.tables where table_schema = database()");

    private static void Fill(string folder, OrderRows rows, int orders, IReadOnlyList<Index> indexes)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "courier.db")};Pooling=False");
        connection.Open();
        World.Run(connection, "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000; pragma temp_store = file");
        foreach (var index in indexes) World.Run(connection, $"drop index {index.Name}");
        using (var transaction = connection.BeginTransaction())
        {
            rows.Add(0, orders, (table, columns) => new Insert(connection, table, columns));
            transaction.Commit();
        }
        foreach (var index in indexes) World.Run(connection, index.Definition);
        World.Run(connection, "pragma journal_mode = wal");
    }

    private static async Task<Db> Migrated(DatabaseOptions options, string folder)
    {
        var db = Open(options, folder);
        await new Migrator(db, TimeProvider.System).Apply();
        return db;
    }

    private static Db Open(DatabaseOptions options, string folder)
    {
        var modules = new ModuleRegistry(new ServiceCollection(), new Defaults()).AddCustomers().AddOrders();
        return Db.Open(options, folder, new Outbox(new EventCatalog(modules.Reactions), TimeProvider.System));
    }

    /// <summary>An index that is not unique.</summary>
    private sealed record Index
    {
        public required string OfTable { get; init; }
        public required string Name { get; init; }

        /// <summary>The statement that makes it, in SQLite; its columns elsewhere.</summary>
        public required string Definition { get; init; }
    }

    private sealed class Defaults : ISettings
    {
        public T Read<T>(string section) where T : class, ICheckedOptions, new() => new();
    }

    /// <summary>Rows of a table in a file from which the server takes them: the fastest way into MariaDB. No text of ours has a tab or a line's end in it.</summary>
    private sealed class TableFile(string folder, string table, string[] columns) : IRows, IAsyncDisposable
    {
        private readonly string _path = Path.Combine(folder, table);
        private readonly StreamWriter _file = new(Path.Combine(folder, table));

        public string Loading =>
            $"load data infile '{_path}' into table {table} character set utf8mb4 fields terminated by '\\t' escaped by '' lines terminated by '\\n' ({string.Join(", ", columns)})";

        public void Add(params ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (i > 0) _file.Write('\t');
                _file.Write(Convert.ToString(values[i], CultureInfo.InvariantCulture));
            }
            _file.Write('\n');
        }

        public ValueTask DisposeAsync() => _file.DisposeAsync();
    }
}
