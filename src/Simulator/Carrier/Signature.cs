using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Courier.Simulator.Carrier;

/// <summary>How a carrier core signs a request: lower hex HMAC-SHA256 over timestamp, line feed and the raw body.</summary>
internal static class Signature
{
    /// <summary>Is a request that came to us signed with this key, within five minutes of now?</summary>
    public static bool Holds(IHeaderDictionary headers, byte[] body, string key, string secret, DateTimeOffset now)
    {
        var timestamp = headers["X-Courier-Timestamp"].ToString();
        if (headers["X-Courier-Key"] != key || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        return Math.Abs(now.ToUnixTimeSeconds() - seconds) <= 300
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(timestamp, body, secret)), Encoding.UTF8.GetBytes(headers["X-Courier-Signature"].ToString()));
    }

    public static void Put(HttpRequestMessage request, byte[] body, string key, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("X-Courier-Key", key);
        request.Headers.Add("X-Courier-Timestamp", timestamp);
        request.Headers.Add("X-Courier-Signature", Of(timestamp, body, secret));
    }

    static string Of(string timestamp, byte[] body, string secret)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "\n"), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
