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
    private static HttpClient Connections() => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the client has a limit for each call
    };

    private static WechatClientOptions Options(IServiceProvider services)
    {
        var options = services.GetRequiredService<WechatOptions>();
        var own = services.GetRequiredService<OwnAddress>();
        var log = services.GetRequiredService<ILogger<WechatClient>>();
        return new WechatClientOptions
        {
            BaseAddress = _ => own.Resolve(options.ApiBaseUrl),
            Alert = alert => LookAtAccount(log, alert.Error, alert.AppId),
        };
    }

    [LoggerMessage(LogLevel.Error, "WeChat refuses calls of account {AppId} until somebody looks at it")]
    private static partial void LookAtAccount(ILogger log, WechatException error, string appId);
}
