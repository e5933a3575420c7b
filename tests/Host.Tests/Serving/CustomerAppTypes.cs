using System.Diagnostics;
using Courier.Testing;

namespace Courier.Host.Tests.Serving;

/// <summary>The customer app calls what the host has: its types are those of the host's interface document. <c>COURIER_WRITE_DOCS=1</c> writes them.</summary>
public sealed class CustomerAppTypes
{
    [Fact]
    public async Task The_committed_types_are_those_of_the_running_host()
    {
        await using var app = await CourierApp.Start();
        using var folder = new TemporaryDirectory();
        var document = Path.Combine(folder.Path, "v1.json");
        await File.WriteAllTextAsync(document, await app.Http.GetStringAsync("/openapi/v1.json"));
        string[] check = Environment.GetEnvironmentVariable("COURIER_WRITE_DOCS") == "1" ? [] : ["--check"];
        var (code, said) = await Node("tools/types.mjs", "--from", document, check);
        code.ShouldBe(0, said);
    }

    private static async Task<(int Code, string Said)> Node(string script, string option, string file, string[] more)
    {
        var start = new ProcessStartInfo("node", [script, option, file, .. more])
        {
            WorkingDirectory = Repository.Path("src", "Web", "customer"), RedirectStandardError = true,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node cannot be started");
        var said = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token);
        return (node.ExitCode, said);
    }
}
