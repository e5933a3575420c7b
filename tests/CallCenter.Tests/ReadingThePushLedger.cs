using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Courier.CallCenter.Records;

namespace Courier.CallCenter.Tests;

/// <summary>The page has Chinese words for every code that the product writes into what it shows.</summary>
public sealed partial class ReadingThePushLedger(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task Every_reason_why_a_push_went_as_it_did_has_words()
    {
        var codes = Sources("src/Services/Notifications", "src/WechatGateway/Gateway/Outgoing", "src/WechatGateway/Gateway/Callback")
            .SelectMany(text => OutcomeReason().Matches(text).Concat(ErrorReason().Matches(text)).Concat(StoredReason().Matches(text)).Concat(JobReason().Matches(text)))
            .Select(m => m.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);
        codes.Count.ShouldBeGreaterThan(20, "the patterns still find what the code writes");
        await HasWords(codes);
    }

    [Fact]
    public async Task Every_step_of_the_audit_trail_has_words()
    {
        var actions = Sources("src").SelectMany(text => Recorded().Matches(text)).Select(m => m.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);
        actions.Count.ShouldBeGreaterThan(15);
        await HasWords(actions.Select(a => $"'{a}'"));
    }

    [Fact]
    public async Task Every_kind_of_push_has_words()
    {
        var page = await desk.App.Http.GetStringAsync("/desk/operations.js");
        foreach (var kind in Enum.GetValues<Services.Notifications.NotificationKind>())
            page.ShouldContain(Kernel.Data.EnumText<Services.Notifications.NotificationKind>.Of(kind) + ": '");
    }

    [Fact]
    public async Task Every_end_of_a_call_has_words()
    {
        var words = (await desk.App.Http.GetStringAsync("/desk/call-words.js")).Split("export const result = ")[1].Split("};")[0];
        foreach (var result in Enum.GetValues<CallResult>()) words.ShouldContain(Kernel.Data.EnumText<CallResult>.Of(result) + ": '");
    }

    private async Task HasWords(IEnumerable<string> codes)
    {
        var words = await desk.App.Http.GetStringAsync("/desk/words.js");
        codes.Where(code => !words.Contains(code + ": '", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    [GeneratedRegex("""SendOutcome\.(?:NotAvailable|Unreachable|Ambiguous|Rejected)\("(?<code>[a-z_]+)"|RetryLater\([^;]*?, "(?<code>[a-z_]+)"|Reason = [^;]*?"(?<code>[a-z_]+)"|: "(?<code>none_configured|not_delivered)"|"(?<code>gave_up|no_channel|ambiguous): "|CustomerActed = "(?<code>[a-z_]+)";""")]
    private static partial Regex OutcomeReason();

    [GeneratedRegex("""Reason\(error, "(?<code>[a-z_]+)"\)""")]
    private static partial Regex ErrorReason();

    [GeneratedRegex("""reason = '(?<code>[a-z_]+)'""")]
    private static partial Regex StoredReason();

    [GeneratedRegex("""TemplateSendStatus\.\w+ => "(?<code>[a-z_]+)"|\$"(?<code>error):\{""")]
    private static partial Regex JobReason();

    [GeneratedRegex("""Audit\.Record\([^;]*?"(?<code>[a-z_]+\.[a-z_]+)"|AuditedChange\.Execute\([^;]*?"(?<code>[a-z_]+\.[a-z_]+)"|Note\(tx, account, who, "(?<code>[a-z_]+\.[a-z_]+)"|\? "(?<code>outlet\.[a-z_]+)"|: "(?<code>outlet\.[a-z_]+)";""")]
    private static partial Regex Recorded();
}
