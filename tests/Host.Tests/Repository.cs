namespace Courier.Host.Tests;

/// <summary>Where the repository lies around the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Courier.sln"))) directory = directory.Parent!;
        return directory.FullName;
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("courier-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
