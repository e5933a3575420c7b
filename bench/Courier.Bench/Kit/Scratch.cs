namespace Courier.Bench.Kit;

/// <summary>A folder that goes when the program ends.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("courier-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
