using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Wechat.Client.Errors;
using Courier.WechatGateway.Editions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Menu;

/// <summary>
/// Sees to it, once the process listens (in Development WeChat is this process itself), that WeChat holds the live menus. WeChat
/// may be away for a while: it is tried again, slower each time, until it worked or WeChat refuses the menu.
/// </summary>
internal sealed partial class RestoreMenusAtStart(
    PublishEdition publish, WechatAccounts accounts, OwnAddress own, Db db, TimeProvider clock, ILogger<RestoreMenusAtStart> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await own.WhenKnown.WaitAsync(stoppingToken).ConfigureAwait(false);
            foreach (var account in accounts.All.Where(a => a.Kind == AccountKind.OfficialAccount)) await Restore(account.AppId, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the next start does it
        }
    }

    private async Task Restore(string appId, CancellationToken ct)
    {
        for (var pause = First; !await Try(appId, ct).ConfigureAwait(false); pause = pause * 2 < Longest ? pause * 2 : Longest)
            await Task.Delay(pause, clock, ct).ConfigureAwait(false);
    }

    private async Task<bool> Try(string appId, CancellationToken ct)
    {
        try
        {
            return await publish.Restore(new ContentName(EditionKind.Menu, appId), ct).ConfigureAwait(false);
        }
        catch (RuleBroken refusal)
        {
            NotPublished(log, refusal, appId);
            return true; // another try would end alike
        }
        catch (Exception e) when (e is WechatException || db.IsAway(e))
        {
            NotYet(log, e, appId);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The menu of {AppId} was not published")]
    private static partial void NotPublished(ILogger log, Exception error, string appId);

    [LoggerMessage(LogLevel.Warning, "The menu of {AppId} could not be published yet; it is tried again")]
    private static partial void NotYet(ILogger log, Exception error, string appId);
}
