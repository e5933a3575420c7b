using System.Net.Http.Json;
using Courier.Kernel;
using Courier.Kernel.Modules;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Customers;

/// <summary>Posts <c>{phone, text}</c> to an operator's gateway with the header <c>Idempotency-Key</c>; any 2xx answer means taken.</summary>
internal sealed partial class HttpSmsSender(SmsOptions options, OwnAddress own, ILogger<HttpSmsSender> log) : ISmsSender, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<bool> Send(Phone to, string text, string idempotencyKey, CancellationToken ct)
    {
        if (options.Provider == SmsProvider.None) return false;
        using var request = new HttpRequestMessage(HttpMethod.Post, own.Resolve(options.Url))
        {
            Content = JsonContent.Create(new { phone = to.Text, text }, options: KernelJson.Options),
            Headers = { { "Idempotency-Key", idempotencyKey } },
        };
        try
        {
            using var answer = await _http.SendAsync(request, ct).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) LogRefused((int)answer.StatusCode, to);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            LogUnreachable(e.Message, to);
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The SMS gateway refused a message to {Phone} with status {Status}")]
    private partial void LogRefused(int status, Phone phone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The SMS gateway could not be reached for a message to {Phone}: {Reason}")]
    private partial void LogUnreachable(string reason, Phone phone);
}
