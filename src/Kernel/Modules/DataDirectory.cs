namespace Courier.Kernel.Modules;

/// <summary>Where this process keeps its files (setting <c>Data:Directory</c>): database, recordings, uploads, spool, logs. It exists.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record DataDirectory(string Path)
{
    /// <summary>A folder below it, made when it is missing.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
}
