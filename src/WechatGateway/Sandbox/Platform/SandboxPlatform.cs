using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Control;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>The platform as a whole: what its calls, its callbacks and its phone work on.</summary>
internal sealed class SandboxPlatform(
    SandboxOptions options, SandboxState state, TimeProvider clock, LiveFeed feed, FaultBook faults, CallbackPusher pusher, PlatformRecords records)
{
    public SandboxOptions Options => options;
    public SandboxLimits Limits => options.Limits;
    public SandboxState State => state;
    public TimeProvider Clock => clock;
    public LiveFeed Feed => feed;
    public FaultBook Faults => faults;
    public CallbackPusher Pusher => pusher;
    public PlatformRecords Records => records;
    public DateTimeOffset Now => clock.GetUtcNow();

    public SandboxAccount? Account(string? appId) => options.Accounts.FirstOrDefault(account => account.AppId == appId);

    /// <summary>The templates of an account: those of the options and those added later.</summary>
    public IEnumerable<StoredTemplate> TemplatesOf(string appId) => options.Templates
        .Where(template => template.AppId is null || template.AppId == appId)
        .Select(template => new StoredTemplate(template.TemplateId, appId, template.Title, template.Content))
        .Where(template => state.Templates[RemovedKey(appId, template.TemplateId)] is null)
        .Concat(state.Templates.Entries.Where(entry => !entry.Key.StartsWith("removed/", StringComparison.Ordinal) && entry.Value.AppId == appId)
            .Select(entry => entry.Value));

    public static string RemovedKey(string appId, string templateId) => $"removed/{appId}/{templateId}";
}
