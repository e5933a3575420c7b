using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Courier.Http.Limits;

/// <summary>By what callers are told apart.</summary>
public static class CallerNames
{
    /// <summary>An id that the app makes for itself once: 8 to 64 letters, digits, <c>-</c>, <c>_</c>.</summary>
    public const string DeviceHeader = "X-Courier-Device";

    /// <summary>The device; null when the request names none, or none that can be one.</summary>
    public static string? Device(HttpRequest request) =>
        request.Headers[DeviceHeader].ToString() is { Length: >= 8 and <= 64 } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? id : null;

    /// <summary>The network address; of IPv6 the /64 that one household or phone has to itself.</summary>
    internal static string Address(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString() : address.ToString();
    }

    /// <summary>Who asks, all names at once; a customer only by a valid sign-in.</summary>
    internal static async Task<Caller> Of(HttpContext context) =>
        new((await CurrentVisitor.BindAsync(context).ConfigureAwait(false))?.CustomerId, Device(context.Request), Address(context));
}

/// <summary>Whoever asks.</summary>
/// <param name="Customer">Id of the customer; null for a guest.</param>
/// <param name="Device">The device; null when it is not named.</param>
/// <param name="Address">The network address.</param>
internal sealed record Caller(string? Customer, string? Device, string Address);
