using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Wechat.Sandbox.Tests;

/// <summary>A callback as it arrived.</summary>
public sealed record ReceivedPush(IReadOnlyDictionary<string, string> Query, string Body, string ContentType);

/// <summary>Stands where the product would: takes callbacks on a real port and answers as the test says.</summary>
public sealed class Product : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<ReceivedPush> received = new();

    Product()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/wechat/callback/{appId}", (RequestDelegate)Take);
        app.MapGet("/wechat/callback/{appId}", (string echostr) => echostr);
    }

    /// <summary>Answers a push: status and body. The default answer is "success".</summary>
    public Func<ReceivedPush, Task<(int Status, string Body)>> Answer { get; set; } = _ => Task.FromResult((200, "success"));

    public string Address => app.Urls.First();
    public IReadOnlyList<ReceivedPush> Received => [.. received];

    public static async Task<Product> Start()
    {
        var product = new Product();
        await product.app.StartAsync();
        return product;
    }

    public void Answers(Func<ReceivedPush, string> answer) => Answer = push => Task.FromResult((200, answer(push)));

    async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var push = new ReceivedPush(http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            await reader.ReadToEndAsync(), http.Request.ContentType ?? "");
        received.Enqueue(push);
        var (status, body) = await Answer(push);
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
