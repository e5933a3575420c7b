using System.Runtime.InteropServices;
using Courier.Bench;
using Courier.Bench.Kit;

const int Fine = 0, Failed = 1, Wrong = 2, Interrupted = 130;

// A file a program; "all" runs them in this order.
(string Name, string What, Func<BenchOptions, Task> Run)[] programs =
[
    ("callback", "callbacks a second and CPU a callback, beside a hand-tuned bare endpoint", CallbackBench.Run),
    ("parcels", "a query among a million parcels beside one among ten thousand", ParcelsBench.Run),
    ("intake", "route events a second beside bare prepared inserts", IntakeBench.Run),
    ("start", "from the start of the process to the first answered callback", StartBench.Run),
    ("mutated", "a million damaged callbacks: 200 or 403 each, no fault, no growth", MutatedBench.Run),
    ("killed", "fifty SIGKILLs under a mixed load: nothing accepted is lost", KilledBench.Run),
    ("pushes", "pushes planned, sent and recorded, beside a bare HttpClient; and with 50 ms latency", PushBench.Run),
    ("nearest", "the nearest lockers with room among half a million places, beside SQLite's R*Tree", NearestBench.Run),
    ("quotes", "quotes a second and core, in process", QuoteBench.Run),
    ("routing", "who takes which call: 20,000 that wait beside 200", RoutingBench.Run),
    ("addresses", "pasted addresses read a second and core, and rightly, beside three npm parsers", AddressesBench.Run),
    ("order-lists", "pages of own orders among ten million beside ten thousand", OrderListBench.Run),
    ("media", "sound of many legs: CPU a leg from 10 to 200, playing, bridged and recorded; packets that are late", MediaBench.Run),
    ("calls", "a hundred calls from SIPp, prompted, then bridged and recorded, beside baresip", CallsBench.Run),
    ("signalling", "calls of SIPp, answered by us beside baresip and SIPp itself", SignallingBench.Run),
    ("fuzzed", "ten million damaged SIP messages: nothing throws, hangs, grows or stays behind", FuzzedBench.Run),
    ("hotline", "from INVITE to the first sound at half load, and 24,000 calls after which nothing is left", HotlineBench.Run),
    ("orders", "orders placed over HTTP beside a bare endpoint that inserts one row", OrderBench.Run),
];

if (args is ["serve", var server, .. var rest]) return await Serve(server, rest);
if (args is not [var chosen, .. var options] || BenchOptions.Read(options) is not { } read) return Usage();
var selected = programs.Where(p => chosen == "all" || p.Name == chosen).ToList();
if (selected.Count == 0) return Usage();
// By themselves signals end a program without a word: a database server of its own and its gigabytes would stay.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(Interrupted));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(Interrupted));
try
{
    foreach (var program in selected)
    {
        Console.WriteLine($"== {program.Name}: {program.What}");
        await program.Run(read);
    }
    return Fine;
}
catch (BenchFailed failed)
{
    await Console.Error.WriteLineAsync($"FAILED: {failed.Message}");
    return Failed;
}

// The servers that are measured against run in processes of their own: this program again.
static async Task<int> Serve(string server, string[] arguments)
{
    switch (server)
    {
        case BareCallback.Name: await BareCallback.Serve(arguments); return Fine;
        case BareOrder.Name: await BareOrder.Serve(arguments); return Fine;
        case CallServer.Name: await CallServer.Serve(arguments); return Fine;
        case MediaServer.Name: await MediaServer.Serve(arguments); return Fine;
        case PushProduct.Name: await PushProduct.Serve(arguments); return Fine;
        case PushStub.Name: await PushStub.Serve(arguments); return Fine;
        default: return Wrong;
    }
}

int Usage()
{
    Console.Error.WriteLine($"Courier.Bench all|{string.Join('|', programs.Select(p => p.Name))} {BenchOptions.Usage}");
    return Wrong;
}
