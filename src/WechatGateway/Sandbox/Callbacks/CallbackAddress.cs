using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>Where the product listens: as configured, else the server that the sandbox itself runs in.</summary>
internal sealed class CallbackAddress(SandboxOptions options, IServer server)
{
    public string? Of(SandboxAccount account)
    {
        if (account.CallbackUrl is { } whole) return whole;
        return (options.CallbackBase?.Invoke() ?? OwnAddress()) is { } address ? $"{address.TrimEnd('/')}/wechat/callback/{account.AppId}" : null;
    }

    /// <summary>The first plain address of this server; "any" addresses are reached over loopback.</summary>
    public string? OwnAddress()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var first = addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal)) ?? addresses.FirstOrDefault();
        return first?.Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal).Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal).Replace("://*", "://127.0.0.1", StringComparison.Ordinal);
    }
}
