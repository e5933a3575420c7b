namespace Courier.Host.Pages;

/// <summary>Where the customers' pages lie: the built ones, and their sources where the program runs from the repository.</summary>
/// <param name="Built">The folder of index.html.</param>
/// <param name="Sources">The folder of package.json; null where there are no sources.</param>
internal sealed record PageSources(string Built, string? Sources)
{
    private static readonly string[] Watched = ["package-lock.json", "index.html", "vite.config.ts"];

    /// <summary>Finds them.</summary>
    public static PageSources Of(PagesOptions options)
    {
        var sources = DataOptions.Repository() is { } root && Path.Combine(root, "src", "Web", "customer") is var folder && Directory.Exists(folder) ? folder : null;
        if (options.Directory.Length > 0) return new(Path.GetFullPath(options.Directory), null);
        var published = Path.Combine(AppContext.BaseDirectory, "pages", "customer");
        return sources is null || File.Exists(Path.Combine(published, "index.html")) ? new(published, null) : new(Path.Combine(sources, "dist", "build", "h5"), sources);
    }

    /// <summary>Must the pages be built: are they missing, or older than what they are made of?</summary>
    public bool AreOutdated()
    {
        if (Sources is null) return false;
        var built = new FileInfo(Path.Combine(Built, "index.html"));
        return !built.Exists || Newest(Sources) > built.LastWriteTimeUtc;
    }

    private static DateTime Newest(string sources) =>
        Watched.Select(f => new FileInfo(Path.Combine(sources, f))).Concat(new DirectoryInfo(Path.Combine(sources, "src")).EnumerateFiles("*", SearchOption.AllDirectories))
            .Max(f => f.LastWriteTimeUtc);
}
