using System.Diagnostics;

namespace Courier.Host.Tests.Operating;

/// <summary>The measuring programs still do their work: a quick look at each, which checks the answers and judges no time.</summary>
public sealed class MeasuringTheProduct
{
    [Theory]
    [InlineData("callback")]
    [InlineData("parcels")]
    [InlineData("intake")]
    [InlineData("start")]
    [InlineData("mutated")]
    [InlineData("killed")]
    [InlineData("pushes")]
    [InlineData("nearest")]
    [InlineData("quotes")]
    [InlineData("routing")]
    [InlineData("addresses")]
    [InlineData("orders")]
    [InlineData("order-lists")]
    [InlineData("order-lists --database mariadb")]
    [InlineData("media")]
    [InlineData("calls")]
    [InlineData("signalling")]
    [InlineData("fuzzed")]
    [InlineData("hotline")]
    public async Task A_quick_run_ends_well(string program)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[System.IO.Path.Combine(AppContext.BaseDirectory, "Courier.Bench.dll"), .. program.Split(' '), "--quick"]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.ShouldBe(0, await errors + await output);
    }
}
