using Courier.Testing;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Host.Tests.Tokens;

/// <summary>
/// A process that talks to WeChat as the product does: the product's composition on a shared database, without its servers. It
/// makes one call and says that it is ready; when it is told to, it makes many at once and says how many found a follower.
/// </summary>
internal static class TokenProcess
{
    private static readonly WechatAccount Account = new("wxthreeprocesses1", "secret-of-three", "gh_three", WechatAccountKind.ServiceAccount, "tokenOfThree");

    public static async Task<int> Run(string connection, string wechat, int calls)
    {
        var directory = Directory.CreateTempSubdirectory("courier-tokens-").FullName;
        try
        {
            await using var app = Composition.Build(
            [
                "--environment=Development", "--urls=http://127.0.0.1:0", "--Demo:Enabled=false", "--Roles=wechat", $"--Data:Directory={directory}",
                "--Database:Provider=MySql", $"--Database:ConnectionString={connection}", $"--Wechat:ApiBaseUrl={wechat}", "--Serilog:MinimumLevel:Default=Error",
            ], background: false);
            var client = app.Services.GetRequiredService<WechatClient>();
            await client.SendAsync(Account, new GetUser("o0"));
            await Console.Out.WriteLineAsync("ready");
            await Console.In.ReadLineAsync();
            var users = await Task.WhenAll(Enumerable.Range(0, calls).Select(number => client.SendAsync(Account, new GetUser($"o{number}"))));
            await Console.Out.WriteLineAsync($"{users.Count(user => user.IsFollower)} followers");
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
