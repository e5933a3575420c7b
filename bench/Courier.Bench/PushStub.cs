using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>The least that stands for WeChat when messages are sent: tokens, and a number for every message, after a while when one is given.</summary>
internal static class PushStub
{
    public const string Name = "push-stub", SendPath = "/cgi-bin/message/template/send";

    private static readonly byte[] Token = """{"access_token":"bench-token","expires_in":7200}"""u8.ToArray();
    private static long _sent;

    /// <summary>Serves; the argument is the latency in milliseconds.</summary>
    public static async Task Serve(string[] arguments)
    {
        var latency = TimeSpan.FromMilliseconds(int.Parse(arguments[0], CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => Answer(context, latency));
        await app.StartAsync();
        Console.WriteLine($"ready at {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await Task.Delay(Timeout.Infinite); // until it is killed
    }

    private static async Task Answer(HttpContext context, TimeSpan latency)
    {
        var body = context.Request.BodyReader;
        while (await body.ReadAsync() is var read)
        {
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        var answer = context.Request.Path.Value == SendPath ? await Sent(latency) : Token;
        context.Response.ContentType = "application/json; encoding=utf-8";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    private static async Task<byte[]> Sent(TimeSpan latency)
    {
        if (latency > TimeSpan.Zero) await Task.Delay(latency);
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"errcode":0,"errmsg":"ok","msgid":{{Interlocked.Increment(ref _sent)}}}"""));
    }
}
