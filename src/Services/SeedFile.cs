using Courier.Kernel;

namespace Courier.Services;

/// <summary>The CSV files of <c>sql/seed</c> that this program carries.</summary>
internal static class SeedFile
{
    /// <summary>The rows of a file, as column name → value.</summary>
    /// <param name="name">File name without extension.</param>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name) => [.. Stream(name)];

    /// <summary>The whole text of a file.</summary>
    /// <param name="name">File name without extension.</param>
    public static string Text(string name)
    {
        using var reader = Open(name);
        return reader.ReadToEnd();
    }

    /// <summary>The same one by one, for a large file.</summary>
    /// <param name="name">File name without extension.</param>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Stream(string name)
    {
        using var reader = Open(name);
        foreach (var row in Csv.Read(reader)) yield return row;
    }

    private static StreamReader Open(string name) => new(typeof(SeedFile).Assembly.GetManifestResourceStream($"seed/{name}.csv")
        ?? throw new InvalidOperationException($"the seed file {name} is not embedded"));
}
