using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel;
using Microsoft.AspNetCore.Http;

namespace Courier.MiniProgramApi.Carrier;

/// <summary>A request that a carrier core has signed: who it is, and the body as it came.</summary>
/// <param name="Core">The core.</param>
/// <param name="Body">The raw bytes.</param>
internal sealed record SignedRequest(CarrierCore Core, ReadOnlyMemory<byte> Body)
{
    public const string KeyHeader = "X-Courier-Key", TimestampHeader = "X-Courier-Timestamp", SignatureHeader = "X-Courier-Signature";

    public const int MaxBytes = 4 * 1024 * 1024;

    private const long ToleranceSeconds = 300;

    /// <summary>
    /// Reads and verifies: HMAC-SHA256(secret, timestamp + "\n" + raw body) in lower hex, timestamp within five minutes of now.
    /// Null whatever is wrong with it.
    /// </summary>
    /// <exception cref="BodyTooLarge">The body is longer than <see cref="MaxBytes"/>.</exception>
    public static async Task<SignedRequest?> Read(HttpRequest request, CarrierOptions options, TimeProvider clock, CancellationToken ct)
    {
        var timestamp = request.Headers[TimestampHeader].ToString();
        var core = options.Cores.FirstOrDefault(c => c.Key == request.Headers[KeyHeader].ToString());
        if (core is null || !IsNow(timestamp, clock)) return null;
        var body = await ReadBody(request, ct).ConfigureAwait(false);
        return IsSigned(core, timestamp, body.Span, request.Headers[SignatureHeader].ToString()) ? new SignedRequest(core, body) : null;
    }

    private static bool IsNow(string timestamp, TimeProvider clock) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) <= ToleranceSeconds;

    // Both secrets are always tried, so that the time tells nothing about which one is right.
    private static bool IsSigned(CarrierCore core, string timestamp, ReadOnlySpan<byte> body, string signature)
    {
        var given = Encoding.UTF8.GetBytes(signature);
        var current = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(RequestSignature.Of(core.Secret, timestamp, body)), given);
        var previous = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(RequestSignature.Of(core.PreviousSecret, timestamp, body)), given);
        return current | (previous & core.PreviousSecret.Length > 0);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes) throw new BodyTooLarge();
        using var body = new MemoryStream((int)(request.ContentLength ?? 64 * 1024));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > MaxBytes) throw new BodyTooLarge();
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}

/// <summary>More bytes than a batch may have.</summary>
internal sealed class BodyTooLarge : Exception;
