using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Takes waybills that a carrier core made.</summary>
public static class RegisterWaybills
{
    /// <summary>Registers the waybills; the same ones may be sent any number of times. A number belongs to the core that registered it first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypts names, phones and addresses.</param>
    /// <param name="clock">Now.</param>
    /// <param name="core">The core's configured name.</param>
    /// <param name="waybills">At most 1000.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<BatchResult> Execute(Db db, DataKeys keys, TimeProvider clock, string core, IReadOnlyList<WaybillReport> waybills, CancellationToken ct) =>
        throw new NotSupportedException();
}
