// What the rules must find: a capability that calls one below it in the list (in a lambda inside an async method, where a
// search of the text would look in vain), and events without a proper name.
namespace Courier.Host.Tests.Architecture.Samples.Upper
{
    internal static class Asks
    {
        public static async Task<int> Now(IEnumerable<int> numbers)
        {
            await Task.Yield();
            return numbers.Sum(n => Lower.Answers.With(n));
        }
    }
}

namespace Courier.Host.Tests.Architecture.Samples.Lower
{
    internal static class Answers
    {
        public static int With(int n) => n + 1;
    }
}

namespace Courier.Host.Tests.Architecture.Samples
{
    internal sealed record Nameless(string Aggregate, long Version) : Courier.Kernel.Events.IEvent;

    [Courier.Kernel.Events.EventName("SomethingHappened")]
    internal sealed record BadlyNamed(string Aggregate, long Version) : Courier.Kernel.Events.IEvent;

    internal sealed record WaybillPool(string CustomerName);
}
