using Courier.Kernel;
using Courier.Kernel.Modules;

namespace Courier.Host;

/// <summary>Section <c>Data</c>.</summary>
internal sealed record DataOptions : ICheckedOptions
{
    /// <summary>Where files lie; empty for the default: <c>data/</c> in the repository in Development, else in the working directory.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Secrets that protect personal data; the last one writes, all read.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public IEnumerable<string> Problems()
    {
        if (Keys.Count == 0 || Keys.Any(k => k.Length < 16)) yield return "Keys needs at least one secret of 16 characters or more (Data:Keys:0)";
    }

    /// <summary>The data directory, made when it is missing.</summary>
    public DataDirectory Locate(bool development)
    {
        var path = Directory.Length > 0 ? Directory : Path.Combine(development ? Repository() ?? "." : ".", "data");
        try
        {
            return new DataDirectory(System.IO.Directory.CreateDirectory(Path.GetFullPath(path)).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongConfiguration($"Data:Directory: {path} cannot be used: {e.Message}");
        }
    }

    /// <summary>The repository that the program runs from; null for a published program.</summary>
    public static string? Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Courier.sln"))) return folder.FullName;
        }
        return null;
    }
}
