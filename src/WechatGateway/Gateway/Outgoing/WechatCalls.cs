using Courier.Kernel;
using Courier.Kernel.Modules;
using Courier.Wechat.Client;
using Courier.Wechat.Client.AccessTokens;
using Courier.Wechat.Client.Errors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Outgoing;

/// <summary>Sets the client up: one for the process, with the accounts' tokens in the database.</summary>
internal static partial class WechatCalls
{
    /// <summary>Registers the client and the store of its tokens.</summary>
    public static IServiceCollection AddWechatCalls(this IServiceCollection services)
    {
        services.AddSingleton<ITokenStore, DatabaseTokens>();
        return services.AddSingleton(p => new WechatClient(Connections(), p.GetRequiredService<ITokenStore>(), Options(p),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<WechatClient>>()));
    }

    // A client of its own, without the factory's logging: addresses carry tokens and secrets.
    // Nothing follows a call beyond this process, so that no activities are made for it; the client has a limit for each call. WeChat never sends
    // anybody elsewhere, and a token is nobody else's.
    private static HttpMessageInvoker Connections() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });

    private static WechatClientOptions Options(IServiceProvider services)
    {
        var options = services.GetRequiredService<WechatOptions>();
        var own = services.GetRequiredService<OwnAddress>();
        var log = services.GetRequiredService<ILogger<WechatClient>>();
        var seldom = services.GetRequiredService<OnceAMinute>();
        Uri? address = null; // that of the sandbox is known when the process listens; then it stays
        return new WechatClientOptions
        {
            BaseAddress = _ => address ??= own.Resolve(options.ApiBaseUrl),
            Alert = alert => LookAtAccount(log, alert.Error, alert.AppId),
            Failed = failed => Note(log, seldom, failed),
            Stopped = stop => GatewayMetrics.Stopped(stop.AppId, stop.Code, stop.IsStopped),
        };
    }

    // Every failure is counted; of trouble (not of what one customer wants or does not want) a line a minute is written.
    private static void Note(ILogger log, OnceAMinute seldom, FailedAttempt failed)
    {
        var (appId, error) = failed;
        GatewayMetrics.Failure(appId, error.Call, error.Reaction.ToString());
        if (IsTrouble(error.Reaction) && seldom.IsDue($"wechat {appId} {error.Reaction}", out var heldBack)) Trouble(log, appId, error.Message, heldBack);
    }

    private static bool IsTrouble(ErrorReaction reaction) => reaction switch
    {
        ErrorReaction.RefreshTokenOnce or ErrorReaction.BackOff or ErrorReaction.BreakCall or ErrorReaction.Ambiguous or ErrorReaction.NeverRetry => true,
        ErrorReaction.FallBack or ErrorReaction.Drop or ErrorReaction.DropAndMarkUnreachable or ErrorReaction.NewMediaOnce or ErrorReaction.LoginAgain
            or ErrorReaction.Refuse or ErrorReaction.Ignore => false,
        ErrorReaction.StopAndAlert or ErrorReaction.Unknown => false, // the alert tells it
    };

    [LoggerMessage(LogLevel.Warning, "WeChat, account {AppId}: {Trouble} {HeldBack} more like this since the last line")]
    private static partial void Trouble(ILogger log, string appId, string trouble, long heldBack);

    [LoggerMessage(LogLevel.Error, "WeChat refuses calls of account {AppId} until somebody looks at it")]
    private static partial void LookAtAccount(ILogger log, WechatException error, string appId);
}
