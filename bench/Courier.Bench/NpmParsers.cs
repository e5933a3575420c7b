using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>One parser's run over the rows.</summary>
internal sealed record NpmRun([property: JsonPropertyName("parser")] string Parser, [property: JsonPropertyName("perSecond")] double PerSecond, [property: JsonPropertyName("results")] IReadOnlyList<AddressFields> Results);

/// <summary>Address parsers from npm, installed in a folder of their own and driven by node.</summary>
internal sealed class NpmParsers
{
    private const string Driver = """
        const fs = require('fs'), rows = JSON.parse(fs.readFileSync('rows.json', 'utf8'));
        const load = name => { const m = require(name); return m.default || m; };
        const [full, zh, smart] = ['address-parse', 'zh-address-parse', 'address-smart-parse'].map(load);
        const fields = (r, d) => ({ Name: r.name || '', Phone: r.mobile || r.phone || '', Province: r.province || '', City: r.city || '', District: r.area || r.county || '', Detail: d || '' });
        const parsers = {
          'address-parse (parseAll)': t => { const r = full.parse(t, true)[0] || {}; return fields(r, r.details); },
          'zh-address-parse': t => { const r = zh(t, { type: 0 }) || {}; return fields(r, r.detail); },
          'address-smart-parse': t => { const r = smart(t) || {}; return fields(r, r.address); },
        };
        const tried = (parse, t) => { try { return parse(t); } catch { return fields({}, ''); } };
        const out = [];
        for (const [parser, parse] of Object.entries(parsers)) {
          const results = rows.map(t => tried(parse, t));
          const used = process.cpuUsage(), started = Date.now();
          let count = 0;
          while (Date.now() - started < 2000) { for (const t of rows) tried(parse, t); count += rows.length; }
          const cpu = process.cpuUsage(used);
          out.push({ parser, perSecond: count / ((cpu.user + cpu.system) / 1e6), results });
        }
        fs.writeFileSync('runs.json', JSON.stringify(out));
        """;

    private readonly string _folder;

    private NpmParsers(string folder) => _folder = folder;

    /// <summary>Installs them; null when npm or node is not there or does not reach its registry.</summary>
    public static async Task<NpmParsers?> Install(string folder, IReadOnlyList<string> packages)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), "{\"private\":true}");
        await File.WriteAllTextAsync(Path.Combine(folder, "driver.js"), Driver);
        return await Start(folder, "npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", .. packages]) ? new NpmParsers(folder) : null;
    }

    /// <summary>Lets each of them read the rows for two seconds.</summary>
    public async Task<IReadOnlyList<NpmRun>> Run(List<AddressRow> rows)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "rows.json"), JsonSerializer.Serialize(rows.Select(r => r.Raw)));
        BenchFailed.Unless(await Start(_folder, "node", ["driver.js"]), "node could not run the parsers");
        return JsonSerializer.Deserialize<List<NpmRun>>(await File.ReadAllTextAsync(Path.Combine(_folder, "runs.json")))!;
    }

    private static async Task<bool> Start(string folder, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token), process.WaitForExitAsync(patience.Token));
            return process.ExitCode == 0;
        }
        catch (Exception missing) when (missing is Win32Exception or OperationCanceledException)
        {
            return false;
        }
    }
}
