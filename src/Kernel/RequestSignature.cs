using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Kernel;

/// <summary>
/// How requests between us and other systems are signed: <c>X-Courier-Key</c>, <c>X-Courier-Timestamp</c> (Unix seconds), and
/// <c>X-Courier-Signature</c>, the lower hex HMAC-SHA256 over timestamp, line feed and body.
/// </summary>
public static class RequestSignature
{
    /// <summary>Signs a request.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="secret">With what.</param>
    /// <param name="at">When.</param>
    /// <param name="body">Its body; empty for none.</param>
    public static void Sign(HttpRequestHeaders headers, string key, string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers.Add("X-Courier-Key", key);
        headers.Add("X-Courier-Timestamp", timestamp);
        headers.Add("X-Courier-Signature", Of(secret, timestamp, body));
    }

    /// <summary>The signature itself.</summary>
    /// <param name="secret">With what.</param>
    /// <param name="timestamp">When, as it stands in the header.</param>
    /// <param name="body">The body.</param>
    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "\n"));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
