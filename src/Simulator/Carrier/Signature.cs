using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Simulator.Carrier;

/// <summary>How a carrier core signs a request: lower hex HMAC-SHA256 over timestamp, line feed and the raw body.</summary>
internal static class Signature
{
    public static void Put(HttpRequestMessage request, byte[] body, string key, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "\n"), .. body];
        request.Headers.Add("X-Courier-Key", key);
        request.Headers.Add("X-Courier-Timestamp", timestamp);
        request.Headers.Add("X-Courier-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
    }
}
