using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Jobs;

namespace Courier.Services.Customers.Imports;

/// <summary>Section <c>Customers:Imports</c>: the systems that customers are taken over from, a list.</summary>
public sealed class ImportsOptions : List<ImportSource>, ICheckedOptions
{
    /// <summary>How far a system's word counts; 0 for one that is not configured any more.</summary>
    internal int TrustOf(string source) => Find(s => s.Name == source)?.Trust ?? 0;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        for (var i = 0; i < Count; i++)
            foreach (var problem in this[i].Problems()) yield return $"{i}:{problem}";
        if (this.DistinctBy(s => s.Name).Count() < Count) yield return "the sources must have different names";
        if (this.Where(s => s.IsFolder).DistinctBy(s => s.Folder).Count() < this.Count(s => s.IsFolder)) yield return "the sources must have different folders";
    }
}

/// <summary>A system that customers are taken over from: CSV files by HTTP, or in a folder that is watched.</summary>
public sealed partial record ImportSource
{
    /// <summary>1 to 32 lower-case letters, digits, hyphens and underscores; stands as the source of each field.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the file is fetched; a path means this process itself (Development).</summary>
    public string Url { get; init; } = "";

    /// <summary>The folder that is watched instead, absolute or below the data directory.</summary>
    public string Folder { get; init; } = "";

    /// <summary>When: a Quartz cron expression with seconds, in Chinese time. A folder is looked at each minute, an address each night.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>How far its word counts among other systems, 0 to 100; above all of them stand customers and agents.</summary>
    public int Trust { get; init; } = 50;

    /// <summary>With an address: what we call ourselves in <c>X-Courier-Key</c>; empty when the request is not signed.</summary>
    public string Key { get; init; } = "";

    /// <summary>With an address: signs the request as cores sign, over an empty body.</summary>
    public string Secret { get; init; } = "";

    /// <summary>With an address: longest answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>With a folder: a file is taken when it has stayed as it is for so long.</summary>
    public TimeSpan SettleFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Files with more rows are refused whole.</summary>
    public int MostRows { get; init; } = 1_000_000;

    /// <summary>Larger files are refused whole.</summary>
    public long MostBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>A row with a longer field is refused; characters.</summary>
    public int LongestField { get; init; } = 1000;

    /// <summary>Headings of this system that are none of those that are known: heading → <c>id</c>, <c>updated_at</c> or a field.</summary>
    public Dictionary<string, string> Columns { get; init; } = [];

    /// <summary>Is it a folder?</summary>
    public bool IsFolder => Folder.Length > 0;

    internal CronTimes Times => CronTimes.TryParse(Schedule.Length > 0 ? Schedule : IsFolder ? "0 * * * * ?" : "0 0 2 * * ?", out var times)
        ? times : throw new InvalidOperationException("the schedule was checked at the start");

    internal IEnumerable<string> Problems()
    {
        if (!NameForm().IsMatch(Name)) yield return "Name must have 1 to 32 lower-case letters, digits, hyphens or underscores";
        if (IsFolder == Url.Length > 0) yield return "either Url or Folder must be given";
        if (Url.Length > 0 && !(Url.StartsWith('/') || (Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))) yield return "Url must be an http or https address";
        if (Schedule.Length > 0 && !CronTimes.TryParse(Schedule, out _)) yield return "Schedule must be a cron expression with seconds";
        if (Trust is < 0 or > 100) yield return "Trust must lie between 0 and 100";
        if (Secret.Length is > 0 and < 16) yield return "Secret must have 16 characters or more";
        if (Secret.Length > 0 != Key.Length > 0) yield return "Key and Secret belong together";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(30)) yield return "Timeout must lie between 00:00:01 and 00:30:00";
        if (SettleFor < TimeSpan.FromSeconds(1) || SettleFor > TimeSpan.FromHours(1)) yield return "SettleFor must lie between 00:00:01 and 01:00:00";
        if (MostRows is < 1 or > 10_000_000) yield return "MostRows must lie between 1 and 10000000";
        if (MostBytes is < 1024 or > 4L * 1024 * 1024 * 1024) yield return "MostBytes must lie between 1 KB and 4 GB";
        if (LongestField is < 200 or > 10_000) yield return "LongestField must lie between 200 and 10000";
        foreach (var (heading, meaning) in Columns)
            if (!ImportHeader.IsMeaning(meaning)) yield return $"Columns:{heading} must be id, updated_at, or a field";
    }

    [GeneratedRegex("^[a-z0-9_-]{1,32}$")]
    private static partial Regex NameForm();
}
