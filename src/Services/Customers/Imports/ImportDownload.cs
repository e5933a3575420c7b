using System.Globalization;
using System.Net;
using Courier.Kernel;
using Courier.Kernel.Modules;

namespace Courier.Services.Customers.Imports;

/// <summary>What a fetch gave.</summary>
/// <param name="Etag">How the answer was marked.</param>
/// <param name="LastModified">When the file was changed, as the other system says it.</param>
internal sealed record Fetched(string Etag, string LastModified)
{
    /// <summary>Without any mark.</summary>
    public static Fetched Unmarked { get; } = new("", "");
}

/// <summary>Fetches files, and only when they changed (RFC 9110, 13.1). Goes nowhere else than the address says: no redirects.</summary>
internal sealed class ImportDownload(OwnAddress own, TimeProvider clock) : IDisposable
{
    private const int LongestEtag = 300, LongestDate = 60;

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    /// <summary>Writes the file; null when it did not change.</summary>
    /// <param name="source">From where.</param>
    /// <param name="known">How the last one was marked; null to have it in any case.</param>
    /// <param name="path">Where it is written.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HttpRequestException">It could not be had.</exception>
    /// <exception cref="ImportRefused">It is too large.</exception>
    public async Task<Fetched?> Fetch(ImportSource source, Fetched? known, string path, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(source.Timeout);
        try
        {
            using var request = Request(source, known);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.NotModified) return null;
            if (answer.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"HTTP {(int)answer.StatusCode}");
            if (answer.Content.Headers.ContentLength > source.MostBytes) throw new ImportRefused(Texts.ImportTooLarge(source.MostBytes));
            await Write(answer.Content, path, source, limit.Token).ConfigureAwait(false);
            return new Fetched(Header(answer.Headers.ETag?.ToString(), LongestEtag), Header(answer.Content.Headers.LastModified?.ToString("r", CultureInfo.InvariantCulture), LongestDate));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException(Texts.ImportTimeout(source.Timeout));
        }
    }

    private HttpRequestMessage Request(ImportSource source, Fetched? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, own.Resolve(source.Url));
        if (known is { Etag.Length: > 0 }) request.Headers.TryAddWithoutValidation("If-None-Match", known.Etag);
        if (known is { LastModified.Length: > 0 }) request.Headers.TryAddWithoutValidation("If-Modified-Since", known.LastModified);
        if (source.Key.Length > 0) RequestSignature.Sign(request.Headers, source.Key, source.Secret, clock.GetUtcNow(), []);
        return request;
    }

    // Counted while it comes: an answer need not tell its length, or the truth about it.
    private static async Task Write(HttpContent content, string path, ImportSource source, CancellationToken ct)
    {
        using var from = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var to = File.Create(path);
        await using (to.ConfigureAwait(false))
        {
            var block = new byte[64 * 1024];
            for (int read; (read = await from.ReadAsync(block, ct).ConfigureAwait(false)) > 0;)
            {
                if (to.Length + read > source.MostBytes) throw new ImportRefused(Texts.ImportTooLarge(source.MostBytes));
                await to.WriteAsync(block.AsMemory(0, read), ct).ConfigureAwait(false);
            }
        }
    }

    private static string Header(string? text, int longest) => text is null || text.Length > longest || text.Any(c => c is < ' ' or > '~') ? "" : text;
}
