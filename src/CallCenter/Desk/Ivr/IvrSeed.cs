namespace Courier.CallCenter.Ivr;

/// <summary>
/// What the hotline begins with: flows, prompts, area codes. The files lie in the program itself: a new database has a hotline at once,
/// from whatever folder it is started, and from then on flows and prompts belong to the operators.
/// </summary>
internal static class IvrSeed
{
    /// <summary>The flows, by name.</summary>
    public static IEnumerable<string> Flows => typeof(IvrSeed).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("ivr/", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal)).Select(n => n[4..^5]);

    /// <summary>Opens a file.</summary>
    public static StreamReader Open(string file) => new(typeof(IvrSeed).Assembly.GetManifestResourceStream("ivr/" + file)
        ?? throw new InvalidOperationException($"{file} is not embedded"));
}
