namespace Courier.Host.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The product's source files, as path below the root and text.</summary>
    public static IEnumerable<(string Path, string Text)> Sources() =>
        Directory.EnumerateFiles(Path("src"), "*.cs", SearchOption.AllDirectories)
            .Select(f => (Path: System.IO.Path.GetRelativePath(Root, f).Replace('\\', '/'), File: f))
            .Where(f => !f.Path.Contains("/obj/", StringComparison.Ordinal) && !f.Path.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllText(f.File)));

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Courier.sln"))) directory = directory.Parent!;
        return directory.FullName;
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("courier-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
