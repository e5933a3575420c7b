using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>The sentences that customers agree to; a page shows them before the decision.</summary>
public static class ConsentWordings
{
    /// <summary>The sentence of a kind.</summary>
    public static string Of(ConsentKind kind) => Texts.ConsentWording(kind);
}

/// <summary>A customer gives a consent or takes it back. Both are kept as evidence; saying again what holds already adds nothing.</summary>
public static class RecordConsent
{
    /// <summary>The sentence that the customer agreed to stands in <see cref="Texts.ConsentWording"/>; its version is part of the evidence.</summary>
    internal const string Wording = "consent-2026-1";

    /// <summary>Keeps the decision.</summary>
    /// <exception cref="RuleBroken"><c>consent.address_wrong</c>: an address id that cannot be one.</exception>
    public static Task Execute(Db db, TimeProvider clock, CustomerId customer, ConsentDecision decision, ConsentOrigin origin, CancellationToken ct) =>
        db.InTransaction(tx => Execute(tx, clock, customer, decision, origin, ct), ct);

    internal static async Task Execute(Tx tx, TimeProvider clock, CustomerId customer, ConsentDecision decision, ConsentOrigin origin, CancellationToken ct)
    {
        if (decision.AddressId is { } address && (address.Length is 0 or > 64 || !address.All(char.IsAsciiLetterOrDigit)))
            throw new RuleBroken("consent.address_wrong", Texts.ConsentAddressWrong);
        var slot = Consents.Slot(decision);
        var chain = await ConsentChain.Begin(tx, clock, customer, ct).ConfigureAwait(false); // locks: one word after the other
        var held = await tx.First<long?>("select is_given from customers_consents where customer_id = @customer and slot = @slot", new { customer, slot }, ct).ConfigureAwait(false);
        if (held == (decision.IsGiven ? 1 : 0)) return;
        var now = clock.GetUtcNow();
        await chain.Add(tx, now, decision, origin, ct).ConfigureAwait(false);
        await tx.UpsertRows("customers_consents", ["customer_id", "slot", "kind", "address_id", "size", "is_given", "channel", "at"],
            [[customer, slot, decision.Kind, decision.AddressId ?? "", Consents.SizeText(decision.Size), decision.IsGiven, origin.Channel, now]],
            "customer_id, slot", ["is_given", "channel", "at"], ct).ConfigureAwait(false);
    }
}
