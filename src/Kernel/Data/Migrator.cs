using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Courier.Kernel.Data;

/// <summary>
/// Brings the schema up to date with the embedded scripts <c>NNNN_name.{sqlite|mysql}.sql</c>: in order, each once, its hash recorded.
/// Several processes that start together migrate once.
/// </summary>
public sealed class Migrator(Db db, TimeProvider clock)
{
    private const string CreateTable =
        """
        create table if not exists kernel_migrations (
          name varchar(200) not null primary key,
          hash char(64) not null,
          applied_at bigint not null
        )
        """;

    /// <summary>A script as it lies in the program.</summary>
    /// <param name="Name">Number and name without dialect and extension: <c>0001_outbox</c>.</param>
    /// <param name="Text">The SQL.</param>
    public sealed record Script(string Name, string Text)
    {
        internal string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));
    }

    /// <summary>The scripts that this program carries for a dialect, in order.</summary>
    public static IReadOnlyList<Script> Embedded(Dialect dialect)
    {
        var assembly = typeof(Migrator).Assembly;
        var ending = $".{dialect.Suffix}.sql";
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("sql/", StringComparison.Ordinal) && n.EndsWith(ending, StringComparison.Ordinal))
            .OrderBy(n => n, StringComparer.Ordinal)
            .Select(n => new Script(n["sql/".Length..^ending.Length], Read(assembly, n)))];
    }

    /// <summary>Applies what is missing.</summary>
    /// <returns>The names of the scripts that were applied now.</returns>
    /// <exception cref="WrongConfiguration">A script that was applied before has changed since, or one was skipped.</exception>
    public Task<IReadOnlyList<string>> Apply(CancellationToken ct = default) => Apply(Embedded(db.Dialect), ct);

    /// <summary>Applies what is missing of the given scripts.</summary>
    public async Task<IReadOnlyList<string>> Apply(IReadOnlyList<Script> scripts, CancellationToken ct = default)
    {
        await using var held = (await db.Dialect.MigrationLock(ct).ConfigureAwait(false)).ConfigureAwait(false);
        await using var connection = await db.Dialect.Open(true, ct).ConfigureAwait(false);
        await db.Dialect.LiftTimeLimit(connection).ConfigureAwait(false);
        // In SQLite the definition of tables is part of a transaction: one for all scripts is one wait for the disk. MariaDB commits each
        // DDL statement by itself, so that there each script is a step of its own.
        if (db.Dialect.Provider == DatabaseProvider.Sqlite) return await InOne(connection, "begin immediate", () => Missing(connection, scripts)).ConfigureAwait(false);
        await connection.ExecuteAsync(CreateTable).ConfigureAwait(false);
        var applied = new List<string>();
        foreach (var script in scripts) applied.AddRange(await InOne(connection, "start transaction", () => Missing(connection, [script])).ConfigureAwait(false));
        return applied;
    }

    /// <summary>The scripts that this program carries and the database has not seen; empty when the schema is up to date.</summary>
    public async Task<IReadOnlyList<string>> Missing(CancellationToken ct = default)
    {
        var applied = await db.Query<string>("select name from kernel_migrations", ct: ct).ConfigureAwait(false);
        return [.. Embedded(db.Dialect).Select(s => s.Name).Except(applied, StringComparer.Ordinal)];
    }

    // SQLite takes the write lock at the beginning, so that a second process waits and then finds the scripts applied.
    private static async Task<IReadOnlyList<string>> InOne(DbConnection connection, string begin, Func<Task<IReadOnlyList<string>>> work)
    {
        await connection.ExecuteAsync(begin).ConfigureAwait(false);
        try
        {
            var applied = await work().ConfigureAwait(false);
            await connection.ExecuteAsync("commit").ConfigureAwait(false);
            return applied;
        }
        catch
        {
            await connection.ExecuteAsync("rollback").ConfigureAwait(false);
            throw;
        }
    }

    private async Task<IReadOnlyList<string>> Missing(DbConnection connection, IReadOnlyList<Script> scripts)
    {
        if (db.Dialect.Provider == DatabaseProvider.Sqlite) await connection.ExecuteAsync(CreateTable).ConfigureAwait(false);
        var known = (await connection.QueryAsync<(string Name, string Hash)>("select name, hash from kernel_migrations").ConfigureAwait(false))
            .ToDictionary(k => k.Name, k => k.Hash, StringComparer.Ordinal);
        var applied = new List<string>();
        foreach (var script in scripts)
        {
            if (known.TryGetValue(script.Name, out var hash))
            {
                if (hash != script.Hash)
                    throw new WrongConfiguration($"migration {script.Name} was applied in another form: an applied script is never edited, write a new one");
                continue;
            }
            await Run(connection, script).ConfigureAwait(false);
            applied.Add(script.Name);
        }
        return applied;
    }

    // On MariaDB a script that breaks half-way is written so that it can run again.
    private async Task Run(DbConnection connection, Script script)
    {
        foreach (var statement in db.Dialect.Statements(script.Text)) await connection.ExecuteAsync(statement).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "insert into kernel_migrations (name, hash, applied_at) values (@Name, @Hash, @now)",
            new { script.Name, script.Hash, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }).ConfigureAwait(false);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
