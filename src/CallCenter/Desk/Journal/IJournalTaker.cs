using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Journal;

/// <summary>Brings lines of one kind from the journal into the database.</summary>
internal interface IJournalTaker
{
    /// <summary>Which lines.</summary>
    string Kind { get; }

    /// <summary>Takes lines, the oldest first. A crash repeats lines, so taking one again changes nothing.</summary>
    /// <param name="tx">The transaction in which they count as taken.</param>
    /// <param name="lines">JSON as it was added.</param>
    /// <param name="ct">Ends it.</param>
    Task Take(Tx tx, IReadOnlyList<string> lines, CancellationToken ct);
}

/// <summary>Reads lines of the journal.</summary>
internal static class JournalLine
{
    /// <summary>What was added.</summary>
    public static T Read<T>(string line) where T : class =>
        JsonSerializer.Deserialize<T>(line, KernelJson.Options) ?? throw new JsonException("a line of the journal is empty");

    /// <summary>The last line of each thing, where each says all of it.</summary>
    public static IEnumerable<T> Newest<T>(IReadOnlyList<string> lines, Func<T, string> key) where T : class =>
        lines.Select(Read<T>).GroupBy(key, StringComparer.Ordinal).Select(g => g.Last());
}
